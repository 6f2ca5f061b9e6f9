package io.masterdeal.console.login;

/**
 * What the page of the login is filled with.
 *
 * @param next the page to go to afterwards
 * @param failed key of the words that say what went wrong; empty if nothing did
 * @param token of a one-time link that is still good; empty if there is none
 * @param name that was typed
 */
public record LoginForm(String next, String failed, String token, String name) {

    /** The same after something went wrong. */
    LoginForm failed(String what) {
        return new LoginForm(next, "login.failed." + what, token, name);
    }
}
