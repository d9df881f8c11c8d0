/** Internet addresses as text, in one form everywhere. */
@NullMarked
package io.ratemesh.node.address;

import org.jspecify.annotations.NullMarked;
