/**
 * A schema of its own for each test, as the migrations make it, and views of what happens in it. Effects and service use it, too.
 */
@NullMarked
package io.masterdeal.facts.servers;

import org.jspecify.annotations.NullMarked;
