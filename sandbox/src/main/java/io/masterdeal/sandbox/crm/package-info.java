/**
 * CRM: leads, contacts and deals, and the people who sell.
 * Its statuses, its actions, and what they ask of the other systems.
 */
@NullMarked
package io.masterdeal.sandbox.crm;

import org.jspecify.annotations.NullMarked;
