package io.masterdeal.model.deal;

import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.ObjectKind;
import org.jspecify.annotations.Nullable;

/**
 * A fact that would have to come: a status of an object of the deal, or of a new object that belongs to the deal.
 *
 * @param kind the kind of the object
 * @param object the object; null if it is a new one
 * @param newObject the number of the new object among those of its alternative, from 1; 0 if the object exists
 * @param status the status that the object needs
 * @param link the object of the deal, or its root, to which the new object has to be linked; null if the object exists, or the
 *     link leads to another new object
 * @param linkToNew the number of the new object to which this one has to be linked; 0 if there is no such link
 */
public record MissingFact(
        ObjectKind kind,
        @Nullable ObjectKey object,
        int newObject,
        String status,
        @Nullable ObjectKey link,
        int linkToNew) {

    /** In English, for people: {@code a new legal:case for docflow:contract:7 at 'Legal Approved'}. */
    public String describe() {
        if (object != null) {
            return object + " at '" + status + "'";
        }
        return "a new " + kind + " for " + (link != null ? link : "new object " + linkToNew) + " at '" + status + "'";
    }
}
