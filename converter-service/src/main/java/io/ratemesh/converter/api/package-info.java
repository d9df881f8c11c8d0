/**
 * The endpoints of the JSON API and the list of their routes. Checks that all endpoints share are in {@link
 * io.ratemesh.converter.route}, Frankfurter's endpoints in {@link io.ratemesh.converter.frankfurter}.
 */
@NullMarked
package io.ratemesh.converter.api;

import org.jspecify.annotations.NullMarked;
