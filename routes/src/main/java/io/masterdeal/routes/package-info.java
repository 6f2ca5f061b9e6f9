/** The engine: routes in YAML from and to systems that do not speak our contracts, run by Apache Camel, reloaded while they run. */
@NullMarked
package io.masterdeal.routes;

import org.jspecify.annotations.NullMarked;
