/**
 * What it is to be a role: {@link io.masterdeal.role.context.RoleApplication} on a class makes it an application context with an HTTP
 * server, health and metrics; the other annotations add what some roles have.
 */
@NullMarked
package io.masterdeal.role.context;

import org.jspecify.annotations.NullMarked;
