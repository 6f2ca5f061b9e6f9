package io.masterdeal.routes.endpoints;

import java.util.Map;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.PropertyConfigurerGetter;

/** Camel takes a value that begins with {@code #} for the name of an object or a class to be made: routes have none. */
final class BeanReferences {

    private BeanReferences() {}

    /**
     * Refuses them.
     *
     * @param options what the component knows; the value of any other parameter is a text
     * @throws IllegalArgumentException if there is one
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
