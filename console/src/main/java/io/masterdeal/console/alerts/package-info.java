/** The built-in watch: judges the alarms, keeps alerts with their history, silences them, and takes those of Prometheus. */
@NullMarked
package io.masterdeal.console.alerts;

import org.jspecify.annotations.NullMarked;
