package io.masterdeal.router.subscription;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A condition on an event in the Common Expression Language (cel.dev): {@code event} has the CloudEvents attributes as text,
 * {@code data} the data, such as {@code event.subject.startsWith("docflow:contract:") && data.amount > 1000000}. An expression
 * always ends: CEL has no loops but those over what an event holds, and these are bounded. Thread-safe.
 */
public final class Filter {

    private static final int MOST_CHARACTERS = 2_000;

    private static final int MOST_ITERATIONS = 10_000;

    private static final CelOptions OPTIONS = CelOptions.current()
            .maxExpressionCodePointSize(MOST_CHARACTERS)
            .comprehensionMaxIterations(MOST_ITERATIONS)
            .enableHeterogeneousNumericComparisons(true)
            .build();

    private static final CelCompiler COMPILER = CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addVar("event", MapType.create(SimpleType.STRING, SimpleType.DYN))
            .addVar("data", MapType.create(SimpleType.STRING, SimpleType.DYN))
            .build();

    private static final CelRuntime RUNTIME =
            CelRuntimeFactory.plannerRuntimeBuilder().setOptions(OPTIONS).build();

    private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

    private final String expression;

    private final CelRuntime.Program program;

    private Filter(String expression, CelRuntime.Program program) {
        this.expression = expression;
        this.program = program;
    }

    /**
     * Reads an expression.
     *
     * @throws IllegalArgumentException if it is none, or cannot be true or false; the message says where
     */
    public static Filter parse(String expression) {
        try {
            CelAbstractSyntaxTree tree = COMPILER.compile(expression).getAst();
            if (!tree.getResultType().equals(SimpleType.BOOL)
                    && !tree.getResultType().equals(SimpleType.DYN)) {
                throw new IllegalArgumentException(
                        "gives " + tree.getResultType().name() + ", not true or false");
            }
            return new Filter(expression, RUNTIME.createProgram(tree));
        } catch (CelValidationException | CelEvaluationException e) {
            throw new IllegalArgumentException(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * What comes of an event.
     *
     * @param passes whether it is wanted
     * @param because why not; empty if it is
     */
    public record Verdict(boolean passes, String because) {}

    /**
     * Judges an event. One of which the expression cannot tell, since it asks for a field that is not there, does not pass.
     *
     * @param event in structured mode
     */
    public Verdict judge(JsonNode event) {
        Map<String, Object> attributes = JsonMapper.shared().convertValue(event, MAP);
        Object data = attributes.remove("data");
        try {
            Object result = program.eval(Map.of("event", attributes, "data", data == null ? Map.of() : data));
            return Boolean.TRUE.equals(result)
                    ? new Verdict(true, "")
                    : new Verdict(false, "the filter is not true: " + expression);
        } catch (CelEvaluationException e) {
            return new Verdict(false, "the filter cannot tell: " + e.getMessage());
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
