package io.mysqlproxy.script.lua.file;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Streams that are read or written in order: those of the process, and those of a command. */
final class Pipe extends ByteStream {
    private final InputStream in;
    private final OutputStream out;
    private final Process process;
    private int shown = END;

    private Pipe(InputStream in, OutputStream out, Process process) {
        this.in = in == null ? null : new BufferedInputStream(in);
        this.out = out;
        this.process = process;
    }

    /** One of the process's own; either is null. */
    static Pipe standard(InputStream in, OutputStream out) {
        return new Pipe(in, out, null);
    }

    /** What a shell command writes, or reads. */
    static Pipe command(String command, boolean read) throws IOException {
        ProcessBuilder shell = new ProcessBuilder("/bin/sh", "-c", command).inheritIO();
        if (read) {
            shell.redirectOutput(ProcessBuilder.Redirect.PIPE);
        } else {
            shell.redirectInput(ProcessBuilder.Redirect.PIPE);
        }
        Process process = shell.start();
        return new Pipe(read ? process.getInputStream() : null, read ? null : process.getOutputStream(), process);
    }

    @Override
    int peek() throws IOException {
        if (in == null) {
            throw new IOException("Bad file descriptor");
        }
        if (shown == END) {
            shown = in.read();
        }
        return shown;
    }

    @Override
    void skip() {
        shown = END;
    }

    @Override
    void write(byte[] bytes, int offset, int length) throws IOException {
        if (out == null) {
            throw new IOException("Bad file descriptor");
        }
        out.write(bytes, offset, length);
    }

    @Override
    void flush() throws IOException {
        if (out != null) {
            out.flush();
        }
    }

    @Override
    void close() throws IOException {
        flush();
        (in == null ? out : in).close();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    boolean isClosable() {
        return process != null;
    }
}
