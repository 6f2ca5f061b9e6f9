/**
 * What the six systems say, as values: facts about objects, links between them, retractions of mistakes.
 * Nothing here knows a database, a broker, a clock or a log; the same values always give the same values.
 */
@NullMarked
package io.masterdeal.model;

import org.jspecify.annotations.NullMarked;
