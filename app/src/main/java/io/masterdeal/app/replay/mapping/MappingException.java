package io.masterdeal.app.replay.mapping;

import java.nio.file.Path;

/** A mapping that cannot be used. The message names the file, the place in it, what is wrong and what to do. */
public final class MappingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MappingException(Path file, String place, String what, String remedy) {
        super(file + ": " + place + ": " + what + " " + remedy);
    }
}
