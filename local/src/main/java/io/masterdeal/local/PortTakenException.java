package io.masterdeal.local;

/** Another process was quicker to take the port that was free a moment ago. */
final class PortTakenException extends Exception {
    private static final long serialVersionUID = 1L;

    PortTakenException(Part part, int port) {
        super("port " + port + " for " + part.title() + " was taken");
    }
}
