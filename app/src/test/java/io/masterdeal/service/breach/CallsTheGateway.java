package io.masterdeal.service.breach;

import io.masterdeal.gateway.breach.Door;

/** Breaches a rule on purpose: a role that uses the class of another. */
public final class CallsTheGateway {

    public Door open() {
        return new Door();
    }
}
