/**
 * The declarative mapping: how the activities of an event log become domain events. Read by {@link
 * io.masterdeal.app.replay.mapping.MappingReader}, applied by {@link io.masterdeal.app.replay.mapping.SourceMapper}.
 */
@NullMarked
package io.masterdeal.app.replay.mapping;

import org.jspecify.annotations.NullMarked;
