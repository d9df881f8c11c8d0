/**
 * IP addresses as text, in one canonical form. Networks and the addresses of settings are in the settings package.
 */
@NullMarked
package io.ratemesh.node.address;

import org.jspecify.annotations.NullMarked;
