/** Pages for readers without JavaScript, made from what the JSON is made of. */
@NullMarked
package io.ratemesh.converter.page;

import org.jspecify.annotations.NullMarked;
