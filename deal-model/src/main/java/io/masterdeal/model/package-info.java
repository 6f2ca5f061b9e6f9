/**
 * What the domain systems state, as values: facts about objects, links between them, retractions of mistakes.
 * Nothing here uses a database, a broker, a clock or a log; the same input always gives the same output.
 */
@NullMarked
package io.masterdeal.model;

import org.jspecify.annotations.NullMarked;
