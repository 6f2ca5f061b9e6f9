/**
 * The connections of a role's HTTP server: deadlines for whole headers, and a bound for each address, which Tomcat has no settings
 * for. {@link io.masterdeal.role.connection.GuardedProtocol} takes the place of Tomcat's own protocol.
 */
@NullMarked
package io.masterdeal.role.connection;

import org.jspecify.annotations.NullMarked;
