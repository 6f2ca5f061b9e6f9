/** What the tests of routes run against: a real gateway with a real Kafka, an HTTP endpoint, a folder of routes. */
@NullMarked
package io.masterdeal.routes.servers;

import org.jspecify.annotations.NullMarked;
