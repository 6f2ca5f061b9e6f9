/**
 * Who calls: one generated API key for each principal, kept in files that only their owner may read. Servers check keys with
 * {@link io.masterdeal.contracts.access.ApiKeys}, clients read theirs with it.
 */
@NullMarked
package io.masterdeal.contracts.access;

import org.jspecify.annotations.NullMarked;
