package io.masterdeal.facts;

import io.masterdeal.model.Utf8Order;
import io.masterdeal.model.deal.RootAttributes;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is kept of the attributes of a deal's root that answers have, so that newer and late facts can be put in without the others.
 *
 * @param meaning of the names: see {@link FieldNames#meaning}
 * @param facts number of facts of the deal that are part of it
 * @param attributes those that a fact has, sorted by name; values are cut to {@link StoredFields#LONGEST_VALUE} characters
 */
record KeptFields(long meaning, int facts, List<RootAttributes.Attribute> attributes) {

    KeptFields {
        attributes = List.copyOf(attributes);
    }

    /** The values by name, sorted by UTF-8 bytes. */
    SortedMap<String, String> values() {
        SortedMap<String, String> values = new TreeMap<>(Utf8Order.INSTANCE);
        attributes.forEach(each -> values.put(each.name(), each.value()));
        return Collections.unmodifiableSortedMap(values);
    }
}
