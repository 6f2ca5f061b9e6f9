package io.masterdeal.router.subscription;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntimeBuilder;
import dev.cel.runtime.CelStandardFunctions;
import dev.cel.runtime.CelStandardFunctions.StandardFunction;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Replacements for functions of CEL that could take too long in one step: they do the same in linear time. */
final class FilterFunctions {

    private static final String MATCHES = "matches";

    /** The maximum of characters times instructions of the pattern; takes some tens of ms. */
    private static final long MOST_MATCHING = 5_000_000;

    /** Up to this size a plain search is faster. */
    private static final long MOST_COMPARISONS = 1_000_000;

    private static final int MOST_PATTERNS = 1_000;

    private static final Map<String, Pattern> PATTERNS = new ConcurrentHashMap<>();

    private FilterFunctions() {}

    static CelRuntimeBuilder addTo(CelRuntimeBuilder runtime) {
        return runtime.setStandardFunctions(CelStandardFunctions.newBuilder()
                        .excludeFunctions(StandardFunction.MATCHES, StandardFunction.CONTAINS)
                        .build())
                .addFunctionBindings(CelFunctionBinding.fromOverloads(
                        MATCHES,
                        CelFunctionBinding.from(MATCHES, String.class, String.class, FilterFunctions::matches),
                        CelFunctionBinding.from(
                                "matches_string", String.class, String.class, FilterFunctions::matches)))
                .addFunctionBindings(CelFunctionBinding.fromOverloads(
                        "contains",
                        CelFunctionBinding.from(
                                "contains_string", String.class, String.class, FilterFunctions::contains)));
    }

    /**
     * Checks that each regular expression is a literal, and small.
     *
     * @throws IllegalArgumentException if one is not
     */
    static void checkPatterns(CelAbstractSyntaxTree tree) {
        CelNavigableAst.fromAst(tree)
                .getRoot()
                .allNodes()
                .map(it -> it.expr())
                .filter(it -> it.getKind() == Kind.CALL && it.call().function().equals(MATCHES))
                .forEach(it -> {
                    CelExpr pattern = it.call().args().getLast();
                    if (pattern.getKind() != Kind.CONSTANT
                            || pattern.constant().getKind() != CelConstant.Kind.STRING_VALUE) {
                        throw new IllegalArgumentException(
                                "the regular expression of matches() has to be written down as text, not computed");
                    }
                    compile(pattern.constant().stringValue());
                });
    }

    private static Pattern compile(String pattern) {
        Pattern known = PATTERNS.get(pattern);
        if (known != null) {
            return known;
        }
        PatternSize.check(pattern);
        try {
            Pattern compiled = Pattern.compile(pattern);
            if (PATTERNS.size() >= MOST_PATTERNS) {
                PATTERNS.clear(); // Patterns that are in use are soon cached again.
            }
            PATTERNS.put(pattern, compiled);
            return compiled;
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "'" + pattern + "' is no regular expression of RE2: " + e.getMessage(), e);
        }
    }

    /** Whether a part of the text matches, as in CEL. */
    private static Object matches(String text, String pattern) {
        Pattern compiled = compile(pattern);
        FilterBudget budget = FilterBudget.current();
        if (budget != null && (long) text.length() * compiled.programSize() > MOST_MATCHING) {
            budget.spend("too long for a text of " + text.length() + " characters and the pattern '" + pattern + "'");
        }
        return compiled.matcher(text).find();
    }

    private static Object contains(String text, String part) {
        return (long) text.length() * part.length() <= MOST_COMPARISONS ? text.contains(part) : find(text, part);
    }

    /** By Knuth, Morris and Pratt: each character is compared at most twice. */
    private static boolean find(String text, String part) {
        if (part.length() > text.length()) {
            return false;
        }
        int[] borders = new int[part.length()];
        for (int i = 1, length = 0; i < part.length(); i++) {
            while (length > 0 && part.charAt(i) != part.charAt(length)) {
                length = borders[length - 1];
            }
            if (part.charAt(i) == part.charAt(length)) {
                length++;
            }
            borders[i] = length;
        }
        int matched = 0;
        for (int i = 0; i < text.length(); i++) {
            while (matched > 0 && text.charAt(i) != part.charAt(matched)) {
                matched = borders[matched - 1];
            }
            if (text.charAt(i) == part.charAt(matched) && ++matched == part.length()) {
                return true;
            }
        }
        return false;
    }
}
