package io.masterdeal.routes.files;

import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Expression;
import org.apache.camel.NoSuchLanguageException;
import org.apache.camel.Predicate;
import org.apache.camel.impl.engine.DefaultLanguageResolver;
import org.apache.camel.language.simple.FileLanguage;
import org.apache.camel.language.simple.SimpleLanguage;
import org.apache.camel.spi.Language;
import org.apache.camel.spi.LanguageResolver;

/**
 * The expression languages that exist while routes run. An expression that is built at run time from data is checked like one in the
 * file, so an expression inside a value has no effect.
 */
final class LanguageAllowlist implements LanguageResolver {

    /** The languages that files may use, and {@code bean}, by which simple calls the methods that {@link SimpleAllowlist} lists. */
    private static final Set<String> CAMELS =
            Set.of("bean", "constant", "exchangeProperty", "header", "tokenize", "variable");

    private final LanguageResolver camels = new DefaultLanguageResolver();

    @Override
    public Language resolveLanguage(String name, CamelContext context) {
        return switch (name) {
            case "simple" -> new Simple();
            case "file" -> new InFiles();
            default -> {
                if (!CAMELS.contains(name)) {
                    throw new NoSuchLanguageException(name);
                }
                yield camels.resolveLanguage(name, context);
            }
        };
    }

    private static String checked(String text) {
        SimpleAllowlist.check(text);
        return text;
    }

    private static final class Simple extends SimpleLanguage {

        @Override
        public Predicate createPredicate(String text) {
            return super.createPredicate(checked(text));
        }

        @Override
        public Predicate createPredicate(String text, Object[] properties) {
            return super.createPredicate(checked(text), properties);
        }

        @Override
        public Expression createExpression(String text) {
            return super.createExpression(checked(text));
        }

        @Override
        public Expression createExpression(String text, Object[] properties) {
            return super.createExpression(checked(text), properties);
        }
    }

    /** The language in options of {@code file:}. */
    private static final class InFiles extends FileLanguage {

        @Override
        public Predicate createPredicate(String text) {
            return super.createPredicate(checked(text));
        }

        @Override
        public Predicate createPredicate(String text, Object[] properties) {
            return super.createPredicate(checked(text), properties);
        }

        @Override
        public Expression createExpression(String text) {
            return super.createExpression(checked(text));
        }

        @Override
        public Expression createExpression(String text, Object[] properties) {
            return super.createExpression(checked(text), properties);
        }
    }
}
