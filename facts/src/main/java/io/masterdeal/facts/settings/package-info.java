/**
 * Which catalog and reactions the service processes of a schema work with. One that has others stands by, so that it cannot
 * decide about what it does not know.
 */
@NullMarked
package io.masterdeal.facts.settings;

import org.jspecify.annotations.NullMarked;
