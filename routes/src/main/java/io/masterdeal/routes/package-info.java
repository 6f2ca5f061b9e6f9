/** The route engine: YAML routes from and to systems that do not use our contracts, run by Apache Camel and reloaded without a restart. */
@NullMarked
package io.masterdeal.routes;

import org.jspecify.annotations.NullMarked;
