package io.masterdeal.console.access;

/**
 * Who looks at a page.
 *
 * @param name as shown and as told to other roles: the name of a person, or the principal of a key
 * @param right what this person may do
 */
public record Person(String name, Right right) {
    /** The name under which the person of a request is found among its attributes. */
    public static final String ATTRIBUTE = "masterdeal.person";

    /** Whether this person has a right. */
    public boolean may(Right wanted) {
        return right.includes(wanted);
    }
}
