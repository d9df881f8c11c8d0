/**
 * The conversion page for browsers without JavaScript, and HTML escaping. The web application is another module.
 */
@NullMarked
package io.ratemesh.converter.page;

import org.jspecify.annotations.NullMarked;
