package io.masterdeal.role.operation;

import io.masterdeal.role.database.Transactions;

/**
 * What a role brings along for {@link OperationConfiguration}.
 *
 * @param transactions in the role's schema, which has the tables {@code operator_actions}, {@code operations} and {@code
 *     operation_items}
 * @param actions with the columns of its table
 */
public record OperationParts(Transactions transactions, OperatorActions actions) {}
