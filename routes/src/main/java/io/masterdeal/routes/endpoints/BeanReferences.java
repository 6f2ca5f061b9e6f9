package io.masterdeal.routes.endpoints;

import java.util.Map;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.PropertyConfigurerGetter;

/** Camel reads a value that begins with {@code #} as the name of an object or of a class to create. Routes may have neither. */
final class BeanReferences {

    private BeanReferences() {}

    /**
     * Refuses such values.
     *
     * @param options the parameters that the component knows; the value of any other parameter is plain text
     * @throws IllegalArgumentException if there is such a value
     */
    static void refuse(Map<String, Object> parameters, PropertyConfigurer options) {
        parameters.forEach((name, value) -> {
            boolean known =
                    !(options instanceof PropertyConfigurerGetter getter) || getter.getOptionType(name, true) != null;
            if (known && String.valueOf(value).startsWith("#")) {
                throw new IllegalArgumentException(
                        "the parameter '" + name + "' may not be a reference (#...): routes hold no code and no beans");
            }
        });
    }
}
