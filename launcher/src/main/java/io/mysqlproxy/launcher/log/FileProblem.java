package io.mysqlproxy.launcher.log;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** What went wrong with a file, in the words of the operating system. */
public final class FileProblem {
    /** The reason without the path. */
    public static String reason(IOException problem) {
        if (problem instanceof NoSuchFileException) {
            return "No such file or directory";
        }
        if (problem instanceof AccessDeniedException) {
            return "Permission denied";
        }
        if (problem instanceof FileSystemException named && named.getReason() != null) {
            return named.getReason();
        }
        return String.valueOf(problem.getMessage());
    }

    private FileProblem() {}
}
