package io.masterdeal.service.intake;

/** PostgreSQL's position is not where a batch begins: it went back in time, or an operator has set a position. */
final class PositionsMovedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PositionsMovedException(String message) {
        super(message + "; reading begins anew where PostgreSQL stands");
    }
}
