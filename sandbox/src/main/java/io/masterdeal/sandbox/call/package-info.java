/**
 * Calls through the gateway, as a system makes them: with its own key, a time limit, and another try where one helps.
 * What MasterDeal answers about a deal is read here too.
 */
@NullMarked
package io.masterdeal.sandbox.call;

import org.jspecify.annotations.NullMarked;
