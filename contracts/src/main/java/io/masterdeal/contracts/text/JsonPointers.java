package io.masterdeal.contracts.text;

/** JSON pointers as text (RFC 6901). */
public final class JsonPointers {
    private JsonPointers() {}

    /**
     * Appends a step to a pointer.
     *
     * @param pointer to an object or array; empty for the whole document
     * @param name of a member, or index of an element; is escaped (section 3)
     * @return pointer to the member
     */
    public static String child(String pointer, String name) {
        String escaped = name.indexOf('~') < 0 && name.indexOf('/') < 0
                ? name
                : name.replace("~", "~0").replace("/", "~1");
        return pointer + "/" + escaped;
    }
}
