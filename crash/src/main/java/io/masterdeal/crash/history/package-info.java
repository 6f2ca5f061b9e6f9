/**
 * A checker of what a platform has published and answered: the canonical topic, the database and the HTTP answers against each
 * other, and the
 * facts against what was sent. It shares no code with the service.
 */
@NullMarked
package io.masterdeal.crash.history;

import org.jspecify.annotations.NullMarked;
