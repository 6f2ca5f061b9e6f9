/**
 * The connections of a role's HTTP server: deadlines for complete headers and a limit for each address, for which Tomcat has no
 * settings. {@link io.masterdeal.role.connection.GuardedProtocol} replaces Tomcat's own protocol.
 */
@NullMarked
package io.masterdeal.role.connection;

import org.jspecify.annotations.NullMarked;
