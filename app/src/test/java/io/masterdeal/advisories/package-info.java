/** The check that nothing is delivered of which we know a hole: the SBOM compared with the advisories, without a network. */
@NullMarked
package io.masterdeal.advisories;

import org.jspecify.annotations.NullMarked;
