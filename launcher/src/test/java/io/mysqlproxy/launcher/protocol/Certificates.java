package io.mysqlproxy.launcher.protocol;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An authority and what it has signed, made by openssl as administrators make it. */
public record Certificates(Path folder) {
    /** A new authority in an empty folder. */
    public static Certificates in(Path folder) throws IOException, InterruptedException {
        Certificates made = new Certificates(folder);
        made.openssl("req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=authority -keyout ca-key.pem -out ca.pem");
        return made;
    }

    /** The authority's certificate. */
    public Path ca() {
        return folder.resolve("ca.pem");
    }

    /** Somebody's certificate. */
    public Path cert(String name) {
        return folder.resolve(name + ".pem");
    }

    /** Somebody's private key. */
    public Path key(String name) {
        return folder.resolve(name + "-key.pem");
    }

    /**
     * Signs a new key for the host 127.0.0.1 or another one.
     *
     * @param host an alternative name, {@code IP:127.0.0.1} for example
     */
    public void sign(String name, String host) throws IOException, InterruptedException {
        openssl("req -newkey rsa:2048 -nodes -subj /CN=" + name + " -addext subjectAltName=" + host + " -keyout " + name
                + "-key.pem -out " + name + ".csr");
        openssl("x509 -req -in " + name
                + ".csr -CA ca.pem -CAkey ca-key.pem -CAcreateserial -copy_extensions copy -days 2" + " -out " + name
                + ".pem");
    }

    /** Rewrites a key in the form that servers before MySQL 8.4 make themselves. */
    void traditional(String name) throws IOException, InterruptedException {
        openssl("rsa -traditional -in " + name + "-key.pem -out " + name + "-rsa.pem");
        java.nio.file.Files.move(
                folder.resolve(name + "-rsa.pem"), key(name), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    private void openssl(String arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments.split(" ")));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes());
        if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException("openssl " + arguments + ": " + output);
        }
    }
}
