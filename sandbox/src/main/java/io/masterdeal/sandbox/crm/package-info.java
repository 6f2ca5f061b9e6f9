/**
 * CRM: leads, contacts and deals, and the sellers. Its statuses, its actions, and its requests to the other systems.
 */
@NullMarked
package io.masterdeal.sandbox.crm;

import org.jspecify.annotations.NullMarked;
