package io.masterdeal.console.access;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The right that a request needs. Requests that read need that of a viewer without saying so; any other handler has to say it. */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Requires {
    /** The right. */
    Right value();

    /** Whether it has to be the right of a key in this very request: a session does not do. */
    boolean byKey() default false;
}
