/**
 * Generated API keys that identify callers: one for each principal, in files that only their owner may read. Servers check keys with
 * {@link io.masterdeal.contracts.apikey.ApiKeys}, clients read theirs with it.
 */
@NullMarked
package io.masterdeal.contracts.apikey;

import org.jspecify.annotations.NullMarked;
