package io.masterdeal.router.subscription;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A condition on an event in the Common Expression Language (cel.dev): {@code event} has the CloudEvents attributes as text,
 * {@code data} the data, such as {@code event.subject.startsWith("docflow:contract:") && double(data.amount) > 1000000.0}. An
 * evaluation has a budget of time and memory ({@link FilterBudget}); regular expressions are those of RE2, which take time linear in
 * the text. Thread-safe.
 */
public final class Filter {

    private static final int MOST_CHARACTERS = 2_000;

    private static final CelOptions OPTIONS = CelOptions.current()
            .maxExpressionCodePointSize(MOST_CHARACTERS)
            .enableHeterogeneousNumericComparisons(true)
            .enableHiddenAccumulatorVar(true)
            .build();

    private static final CelCompiler COMPILER = CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addVar("event", MapType.create(SimpleType.STRING, SimpleType.DYN))
            .addVar("data", MapType.create(SimpleType.STRING, SimpleType.DYN))
            .build();

    private static final CelRuntime RUNTIME = FilterFunctions.addTo(
                    CelRuntimeFactory.plannerRuntimeBuilder().setOptions(OPTIONS))
            .build();

    private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

    private final String expression;

    /** Null if the expression cannot be used. */
    private final CelRuntime.@Nullable Program program;

    private final String wrong;

    private Filter(String expression, CelRuntime.@Nullable Program program, String wrong) {
        this.expression = expression;
        this.program = program;
        this.wrong = wrong;
    }

    /**
     * Reads an expression.
     *
     * @throws IllegalArgumentException if it is invalid, or not of type bool; the message says where
     */
    public static Filter parse(String expression) {
        try {
            CelAbstractSyntaxTree tree = COMPILER.compile(expression).getAst();
            if (!tree.getResultType().equals(SimpleType.BOOL)
                    && !tree.getResultType().equals(SimpleType.DYN)) {
                throw new IllegalArgumentException(
                        "gives " + tree.getResultType().name() + ", not true or false");
            }
            FilterFunctions.checkPatterns(tree);
            return new Filter(expression, RUNTIME.createProgram(tree), "");
        } catch (CelValidationException | CelEvaluationException e) {
            throw new IllegalArgumentException(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Checks that an expression fits the events that it is evaluated for: that {@code event} and {@code data} have the fields
     * it uses, and that it compares values of the same type. An expression that does not fit would never be true.
     *
     * @param expression one that {@link #parse} reads
     * @param schemas of the data of all chosen types; empty if one of them is unknown, then nothing is checked
     * @throws IllegalArgumentException if it does not fit; the message says where, and what to write instead
     */
    static void check(String expression, List<Schema> schemas) {
        if (schemas.isEmpty()) {
            return;
        }
        FilterTypes types = new FilterTypes(schemas);
        CelValidationResult checked = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .setTypeProvider(types.provider())
                .addVar("event", types.event())
                .addVar("data", types.data())
                .build()
                .compile(expression);
        if (checked.hasError()) {
            throw new IllegalArgumentException(FilterAdvice.of(checked.getErrorString()));
        }
        try {
            CelType result = checked.getAst().getResultType();
            if (!result.equals(SimpleType.BOOL) && !result.equals(SimpleType.DYN)) {
                throw new IllegalArgumentException(
                        "gives " + result.name() + ", not true or false: compare it with something");
            }
        } catch (CelValidationException e) {
            throw new IllegalArgumentException(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Reads an expression that was accepted once. If it is no longer valid because the rules have become stricter, every event
     * is {@link Outcome#OVER_BUDGET}, so that its subscription stops and nothing is lost.
     */
    static Filter stored(String expression) {
        try {
            return parse(expression);
        } catch (IllegalArgumentException e) {
            return new Filter(expression, null, String.valueOf(e.getMessage()));
        }
    }

    /** The outcome of an evaluation. */
    public enum Outcome {
        /** The event is wanted. */
        TRUE,
        /** The event is not wanted. */
        FALSE,
        /** The expression cannot be evaluated, because it uses a missing field or compares values that cannot be compared. */
        FAILED,
        /** The evaluation exceeded its budget of time or memory, so whether the event is wanted is unknown. */
        OVER_BUDGET
    }

    /**
     * The result of a filter for an event.
     *
     * @param outcome whether it is wanted
     * @param because why not; empty if it is
     */
    public record Verdict(Outcome outcome, String because) {
        /** The event is wanted. */
        public static final Verdict PASSES = new Verdict(Outcome.TRUE, "");

        /** Whether the event is wanted. */
        public boolean passes() {
            return outcome == Outcome.TRUE;
        }
    }

    /**
     * Evaluates the filter for an event. An event for which the expression cannot be evaluated does not pass.
     *
     * @param event in structured mode
     */
    public Verdict evaluate(JsonNode event) {
        CelRuntime.Program usable = program;
        if (usable == null) {
            return new Verdict(Outcome.OVER_BUDGET, "the filter cannot be used any more: " + wrong);
        }
        Map<String, Object> attributes = JsonMapper.shared().convertValue(event, MAP);
        Object data = attributes.remove("data");
        Map<String, Object> variables = Map.of("event", attributes, "data", data == null ? Map.of() : data);
        Verdict first = evaluate(usable, variables);
        // The first evaluation in a process also loads classes, so an exceeded budget counts only if it is exceeded
        // twice.
        return first.outcome() == Outcome.OVER_BUDGET ? evaluate(usable, variables) : first;
    }

    private Verdict evaluate(CelRuntime.Program usable, Map<String, Object> variables) {
        FilterBudget budget = new FilterBudget();
        Verdict verdict = evaluate(usable, variables, budget);
        String spent = budget.spent();
        // CEL ignores an error on one side of || and continues, so the budget is checked last.
        return spent == null
                ? verdict
                : new Verdict(Outcome.OVER_BUDGET, "the filter takes " + spent + ": " + expression);
    }

    private Verdict evaluate(CelRuntime.Program usable, Map<String, Object> variables, FilterBudget budget) {
        try {
            Object result = FilterBudget.within(budget, () -> usable.trace(variables, budget));
            return Boolean.TRUE.equals(result)
                    ? Verdict.PASSES
                    : new Verdict(Outcome.FALSE, "the filter is not true: " + expression);
        } catch (CelEvaluationException e) {
            return new Verdict(
                    Outcome.FAILED, "the filter cannot tell: " + FilterAdvice.of(String.valueOf(e.getMessage())));
        } catch (RuntimeException | StackOverflowError e) {
            return new Verdict(Outcome.FAILED, "the filter cannot tell: " + e);
        }
    }

    /** The expression as it was written. */
    public String expression() {
        return expression;
    }

    @Override
    public String toString() {
        return expression;
    }
}
