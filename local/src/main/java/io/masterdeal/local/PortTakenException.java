package io.masterdeal.local;

/** Another process took the port, which was free a moment ago. */
final class PortTakenException extends Exception {
    private static final long serialVersionUID = 1L;

    PortTakenException(Part part, int port) {
        super("port " + port + " for " + part.title() + " was taken");
    }
}
