/** The API's document: read, compiled into the rules that requests are checked by, served, and shown as a page. */
@NullMarked
package io.ratemesh.converter.openapi;

import org.jspecify.annotations.NullMarked;
