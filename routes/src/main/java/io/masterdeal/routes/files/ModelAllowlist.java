package io.masterdeal.routes.files;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.camel.LineNumberAware;
import org.apache.camel.model.ConvertBodyDefinition;
import org.apache.camel.model.DataFormatDefinition;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RoutesDefinition;
import org.apache.camel.model.ThrowExceptionDefinition;
import org.apache.camel.model.dataformat.CustomDataFormat;
import org.apache.camel.model.dataformat.JsonDataFormat;
import org.apache.camel.model.language.ConstantExpression;
import org.apache.camel.model.language.ExpressionDefinition;
import org.jspecify.annotations.Nullable;

/**
 * Checks the model that Camel has built of routes, before any of them is added: each step, language, data format, text and endpoint has
 * to be on a list. How the YAML was written does not matter.
 */
final class ModelAllowlist {

    private static final Set<String> STEPS = Set.of(
            "aggregate",
            "choice",
            "convertBodyTo",
            "delay",
            "doCatch",
            "doFinally",
            "doTry",
            "enrich",
            "filter",
            "log",
            "loop",
            "marshal",
            "multicast",
            "onException",
            "onWhen",
            "otherwise",
            "pipeline",
            "pollEnrich",
            "recipientList",
            "removeHeader",
            "removeHeaders",
            "removeProperties",
            "removeProperty",
            "removeVariable",
            "resequence",
            "rollback",
            "route",
            "setBody",
            "setExchangePattern",
            "setHeader",
            "setHeaders",
            "setProperty",
            "setVariable",
            "setVariables",
            "split",
            "step",
            "stop",
            "throttle",
            "throwException",
            "to",
            "toD",
            "transform",
            "unmarshal",
            "validate",
            "when",
            "wireTap");

    private static final Set<String> LANGUAGES = Set.of(
            "ConstantExpression",
            "ExchangePropertyExpression",
            "HeaderExpression",
            "SimpleExpression",
            "TokenizerExpression",
            "VariableExpression");

    private static final Set<String> TYPES =
            Set.of("String", "java.lang.String", "byte[]", "Integer", "java.lang.Integer", "Long", "java.lang.Long");

    private static final Set<String> OF_JSON = Set.of("dataFormatName", "id", "useList", "prettyPrint");

    /** Names of fields by whose value Camel looks up an object or a class. */
    private static final Set<String> REFERENCES = Set.of(
            "aggregationController",
            "aggregationRepository",
            "aggregationStrategyMethodName",
            "comparator",
            "executorService",
            "logger",
            "logLanguage",
            "onPrepare",
            "optimisticLockRetryPolicy",
            "predicateExceptionFactory",
            "ref",
            "resumeStrategy",
            "timeoutCheckerExecutorService",
            "watermarkExpression");

    private static final Set<String> URIS = Set.of("uri", "deadLetterUri");

    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private ModelAllowlist() {}

    /**
     * Checks routes.
     *
     * @throws RouteFileException at the first thing that is not listed; it says where it is and what is listed
     */
    static void check(RoutesDefinition routes) throws RouteFileException {
        ModelAllowlist listed = new ModelAllowlist();
        listed.look(routes.getErrorHandlerFactory(), 0);
        listed.look(routes.getOnExceptions(), 0);
        listed.look(routes.getIntercepts(), 0);
        listed.look(routes.getInterceptFroms(), 0);
        listed.look(routes.getInterceptSendTos(), 0);
        listed.look(routes.getOnCompletions(), 0);
        listed.look(routes.getRoutes(), 0);
    }

    private void look(@Nullable Object part, int near) throws RouteFileException {
        if (part instanceof Collection<?> list) {
            for (Object each : list) {
                look(each, near);
            }
        } else if (part instanceof Map<?, ?> map) {
            look(map.values(), near);
        } else if (part != null && isModel(part.getClass()) && seen.add(part)) {
            int line =
                    part instanceof LineNumberAware aware && aware.getLineNumber() > 0 ? aware.getLineNumber() : near;
            kind(part, line);
            fields(part, line);
        }
    }

    private static boolean isModel(Class<?> type) {
        return type.getName().startsWith("org.apache.camel.model.") && !type.isEnum();
    }

    private static void kind(Object part, int line) throws RouteFileException {
        if (part instanceof RouteDefinition) {
            return;
        }
        if (part instanceof ProcessorDefinition<?> step) {
            require(STEPS.contains(step.getShortName()), line, "the step '" + step.getShortName() + "'", STEPS);
        }
        if (part instanceof ExpressionDefinition expression && expression.getClass() != ExpressionDefinition.class) {
            String language = expression.getClass().getSimpleName();
            require(
                    LANGUAGES.contains(language),
                    line,
                    "the language '" + expression.getLanguage() + "'",
                    Set.of("constant", "exchangeProperty", "header", "simple", "tokenize", "variable"));
        }
        if (part instanceof DataFormatDefinition format) {
            boolean csv = format instanceof CustomDataFormat custom && "csv".equals(custom.getRef());
            require(
                    csv || format instanceof JsonDataFormat,
                    line,
                    "this data format",
                    Set.of("custom: {ref: csv}", "json: {}"));
        }
        if (part instanceof ConvertBodyDefinition convert) {
            require(TYPES.contains(convert.getType()), line, "the type '" + convert.getType() + "'", TYPES);
        }
        if (part instanceof ThrowExceptionDefinition thrown) {
            exception(thrown.getExceptionType(), line);
        }
        if (part instanceof OnExceptionDefinition caught) {
            for (String type : caught.getExceptions()) {
                exception(type, line);
            }
        }
    }

    private static void exception(@Nullable String type, int line) throws RouteFileException {
        boolean listed = type == null
                || type.matches("(?:java|org\\.apache\\.camel|org\\.apache\\.hc)\\.[A-Za-z0-9_.]+Exception");
        require(
                listed,
                line,
                "the exception '" + type + "'",
                Set.of("java....Exception", "org.apache.camel....Exception", "org.apache.hc....Exception"));
    }

    private void fields(Object part, int line) throws RouteFileException {
        for (Class<?> type = part.getClass(); type != null && isModel(type); type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (Modifier.isStatic(field.getModifiers()) || field.getName().equals("parent")) {
                    continue;
                }
                field(part, field, line);
            }
        }
    }

    private void field(Object part, Field field, int line) throws RouteFileException {
        Object value;
        try {
            field.setAccessible(true);
            value = field.get(part);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("Camel's model cannot be read", e);
        }
        if (value instanceof String text) {
            text(part, field.getName(), text, line);
        } else if (value instanceof Class<?> named && !Exception.class.isAssignableFrom(named)) {
            require(TYPES.contains(named.getName()), line, "the type '" + named.getName() + "'", TYPES);
        } else {
            look(value, line);
        }
    }

    private static void text(Object part, String name, String value, int line) throws RouteFileException {
        if (name.equals("description") || name.equals("note")) {
            return;
        }
        if (part instanceof JsonDataFormat) {
            require(OF_JSON.contains(name), line, "'" + name + "' of json", OF_JSON);
        }
        if ((REFERENCES.contains(name) || name.endsWith("Ref")) && !(part instanceof CustomDataFormat)) {
            throw new RouteFileException(line, "'" + name + "' is not allowed: routes hold no code and no beans");
        }
        if (name.equals("resultTypeName") || name.equals("resultType")) {
            require(TYPES.contains(value), line, "the type '" + value + "'", TYPES);
        }
        if (name.equals("aggregationStrategy")) {
            Set<String> there = Set.of("string", "groupedBody", "useLatest", "useOriginal");
            require(there.contains(value), line, "the aggregation strategy '" + value + "'", there);
        }
        if (URIS.contains(name)) {
            scheme(value, line);
        }
        if (value.startsWith("#") && !name.equals("expression") && !name.equals("message")) {
            throw new RouteFileException(line, "'" + value + "' is not allowed: routes hold no code and no beans");
        }
        if (value.startsWith("resource:")) {
            throw new RouteFileException(
                    line, "'" + value + "' is not allowed: expressions stand in the file of routes");
        }
        if (!(part instanceof ConstantExpression)) {
            try {
                SimpleAllowlist.check(value);
            } catch (IllegalArgumentException e) {
                throw new RouteFileException(line, String.valueOf(e.getMessage()));
            }
        }
    }

    private static void scheme(String uri, int line) throws RouteFileException {
        int colon = uri.indexOf(':');
        String scheme = colon < 0 ? uri : uri.substring(0, colon);
        if (scheme.matches("[A-Za-z][A-Za-z0-9+.-]*") && !YamlAllowlist.SCHEMES.contains(scheme)) {
            throw new RouteFileException(
                    line, "there is no '" + scheme + ":' for routes; there are " + YamlAllowlist.schemes());
        }
    }

    private static void require(boolean listed, int line, String what, Set<String> there) throws RouteFileException {
        if (!listed) {
            List<String> sorted =
                    Stream.of(new TreeSet<>(there)).flatMap(Set::stream).toList();
            throw new RouteFileException(line, what + " is not allowed in routes; there are " + sorted);
        }
    }
}
