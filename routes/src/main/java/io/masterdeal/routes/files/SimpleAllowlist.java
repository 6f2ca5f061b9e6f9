package io.masterdeal.routes.files;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What expressions in Camel's simple language may use: the content of a message, dates, and a few functions on text. None of it calls
 * code that is not listed here, whatever the data are.
 */
final class SimpleAllowlist {

    private static final Set<String> PLAIN = Set.of(
            "body",
            "in.body",
            "bodyOneLine",
            "headers",
            "variables",
            "exchangeId",
            "fromRouteId",
            "id",
            "messageTimestamp",
            "null",
            "routeId",
            "uuid",
            "exception.message");

    private static final Set<String> FUNCTIONS = Set.of(
            "abs",
            "capitalize",
            "ceil",
            "concat",
            "contains",
            "floor",
            "iif",
            "isEmpty",
            "isNumeric",
            "join",
            "length",
            "lowercase",
            "normalizeWhitespace",
            "pad",
            "random",
            "replace",
            "size",
            "split",
            "substring",
            "substringAfter",
            "substringBefore",
            "substringBetween",
            "sum",
            "toJson",
            "trim",
            "uppercase");

    private static final Set<String> METHODS = Set.of(
            "concat",
            "contains",
            "containsKey",
            "endsWith",
            "equals",
            "equalsIgnoreCase",
            "get",
            "getOrDefault",
            "indexOf",
            "isBlank",
            "isEmpty",
            "lastIndexOf",
            "length",
            "replaceAll",
            "size",
            "split",
            "startsWith",
            "strip",
            "substring",
            "toLowerCase",
            "toString",
            "toUpperCase",
            "trim");

    /** Represents a nested function. */
    private static final char INNER = '\uE000';

    private static final String TYPE =
            "['\"]?(?:java\\.lang\\.)?(?:String|Integer|Long|Double|Boolean|byte\\[\\])['\"]?";

    private static final String WORD = "[\\p{L}\\p{N}_" + INNER + "-]+";

    private static final String KEY = "\\[[^\\[\\]{}]+\\]";

    private static final String ARGUMENT =
            "\\s*(?:'[^'(){}]*'|\"[^\"(){}]*\"|-?[0-9]+|true|false|null|" + INNER + ")\\s*";

    private static final String ARGUMENTS = "(?:\\(\\s*\\)|\\(" + ARGUMENT + "(?:," + ARGUMENT + ")*\\))";

    private static final String CHAIN =
            "(?:\\??\\.(?:" + String.join("|", METHODS) + ")" + ARGUMENTS + "?|\\??" + KEY + ")*";

    private static final String MESSAGE = "(?:in\\.)?body|(?:mandatoryBodyAs|bodyAs)\\(" + TYPE + "\\)";

    private static final String NAMED =
            "(?:(?:in\\.)?headers?|exchangeProperty|variables?)(?:\\??[.:]" + WORD + "|\\??" + KEY + ")";

    private static final Pattern LISTED = Pattern.compile("(?:" + MESSAGE + "|" + NAMED + ")" + CHAIN
            + "|(?:headerAs|variableAs)\\(\\s*['\"]?" + WORD + "['\"]?\\s*,\\s*" + TYPE + "\\s*\\)"
            + "|date(?:-with-timezone)?:[^{}]+"
            + "|file:[a-z.]+"
            + "|uuid\\([a-z]*\\)"
            + "|(?:" + String.join("|", FUNCTIONS) + ")\\([^{}]*\\)");

    private static final List<String> BEGINS = List.of("${", "$simple{");

    private SimpleAllowlist() {}

    /**
     * Checks an expression or predicate, or any text that may contain some.
     *
     * @throws IllegalArgumentException if it uses something that is not listed; the message says what, and what is listed
     */
    static void check(String text) {
        if (text.startsWith("resource:")) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not allowed: expressions stand in the file of routes");
        }
        if (text.contains("$init{")) {
            throw new IllegalArgumentException("'$init{' is not allowed in expressions");
        }
        int at = 0;
        while (at < text.length()) {
            String begin = beginning(text, at);
            at = begin.isEmpty() ? at + 1 : function(text, at + begin.length());
        }
    }

    private static String beginning(String text, int at) {
        for (String begin : BEGINS) {
            if (text.startsWith(begin, at)) {
                return begin;
            }
        }
        return "";
    }

    /** Checks the function that begins there; returns the index after it. */
    private static int function(String text, int from) {
        StringBuilder function = new StringBuilder();
        int at = from;
        while (at < text.length() && text.charAt(at) != '}') {
            String begin = beginning(text, at);
            if (begin.isEmpty()) {
                function.append(text.charAt(at));
                at++;
            } else {
                at = function(text, at + begin.length());
                function.append(INNER);
            }
        }
        String asked = function.toString();
        if (!PLAIN.contains(asked) && !LISTED.matcher(asked).matches()) {
            throw new IllegalArgumentException(
                    "'${" + asked.replace(INNER, '*') + "}' is not allowed in expressions; there are "
                            + "body, header, variable and exchangeProperty with [keys] and the methods "
                            + new TreeSet<>(METHODS)
                            + ", date, date-with-timezone, file, " + new TreeSet<>(PLAIN) + ", and the functions "
                            + new TreeSet<>(FUNCTIONS));
        }
        return at + 1;
    }
}
