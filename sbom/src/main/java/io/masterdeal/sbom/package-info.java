/**
 * Writes the SBOM, the list of every component that is delivered: what Maven knows of the application and the broker, and what
 * the bundles hold that {@code local/} unpacks.
 */
@NullMarked
package io.masterdeal.sbom;

import org.jspecify.annotations.NullMarked;
