package io.masterdeal.console.deals;

import io.masterdeal.console.board.Board;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A field of a form of filters.
 *
 * @param name of the parameter
 * @param options what can be chosen
 * @param chosen what is; empty for anything
 * @param typed whether there are too many options for a list, so that they are suggestions for a text field
 */
public record Choice(String name, List<String> options, Collection<String> chosen, boolean typed) {
    private static final int MOST_LISTED = 60;
    private static final int MOST_SUGGESTED = 300;

    /** A field for an attribute, with the values that deals have. */
    public static Choice attribute(Board board, DealListFilter filter, String name) {
        String value = filter.selection().attributes().get(name);
        List<String> values = board.values(name, MOST_SUGGESTED);
        return of(name, values, value == null ? List.of() : List.of(value));
    }

    /** A field with given options. What is chosen is among them, also if no deal has it any more. */
    public static Choice of(String name, Collection<String> values, Collection<String> chosen) {
        List<String> options = new ArrayList<>(values);
        chosen.stream().filter(each -> !options.contains(each)).forEach(options::add);
        return new Choice(name, List.copyOf(options), List.copyOf(chosen), options.size() > MOST_LISTED);
    }

    /** Whether an option is chosen. */
    public boolean has(String option) {
        return chosen.contains(option);
    }

    /** What is chosen, as one text; empty for anything. */
    public String text() {
        return chosen.isEmpty() ? "" : chosen.iterator().next();
    }
}
