/** The MasterDeal service: the role that keeps facts, computes deals, publishes their changes and answers for them. */
@NullMarked
package io.masterdeal.service;

import org.jspecify.annotations.NullMarked;
