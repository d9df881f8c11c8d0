package io.ratemesh.rates.feed;

import io.ratemesh.rates.feed.EcbDay.EcbRate;
import java.io.ByteArrayInputStream;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code eurofxref-daily.xml} and {@code eurofxref-hist-90d.xml}, which have the same form:
 *
 * <pre>
 * gesmes:Envelope
 *   Cube
 *     Cube time="2026-07-06"
 *       Cube currency="USD" rate="1.1415"
 * </pre>
 *
 * Elements are recognized by namespace, name and depth.
 */
public final class EcbXml {

    private static final String GESMES = "http://www.gesmes.org/xml/2002-08-01";
    private static final String EUROFXREF = "http://www.ecb.int/vocabulary/2002-08-01/eurofxref";
    private static final int DAY_DEPTH = 3;
    private static final int RATE_DEPTH = 4;

    private final XMLStreamReader xml;
    private final List<EcbDay> days = new ArrayList<>();
    private int depth;
    private @Nullable LocalDate date;
    private List<EcbRate> rates = new ArrayList<>();
    private int unreadable;

    private EcbXml(XMLStreamReader xml) {
        this.xml = xml;
    }

    /**
     * Reads a file.
     *
     * @return its days in the order of the file, at least one
     * @throws UnreadableResponseException if it is truncated, not XML, has a document type or another form
     */
    public static List<EcbDay> read(byte[] file) throws UnreadableResponseException {
        // The JDK's own parser: another one on the class path may not have these properties.
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        try {
            XMLStreamReader xml = factory.createXMLStreamReader(new ByteArrayInputStream(file));
            try {
                return new EcbXml(xml).days();
            } finally {
                xml.close();
            }
        } catch (XMLStreamException e) {
            throw new UnreadableResponseException("not well-formed XML"
                    + Optional.ofNullable(e.getLocation())
                            .map(at -> " at line " + at.getLineNumber())
                            .orElse(""));
        }
    }

    private List<EcbDay> days() throws XMLStreamException, UnreadableResponseException {
        while (xml.hasNext()) {
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> open();
                case XMLStreamConstants.END_ELEMENT -> close();
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                    throw new UnreadableResponseException("XML with a document type or entities");
                default -> {
                    // Text between the elements is ignored.
                }
            }
        }
        if (days.isEmpty()) {
            throw new UnreadableResponseException("no day of rates");
        }
        return days;
    }

    private void open() throws UnreadableResponseException {
        depth++;
        if (depth == 1 && !(GESMES.equals(xml.getNamespaceURI()) && "Envelope".equals(xml.getLocalName()))) {
            throw new UnreadableResponseException("not a file of reference rates");
        }
        if (!EUROFXREF.equals(xml.getNamespaceURI()) || !"Cube".equals(xml.getLocalName())) {
            return;
        }
        if (depth == DAY_DEPTH) {
            date = dateOf(xml.getAttributeValue(null, "time"));
            rates = new ArrayList<>();
            unreadable = 0;
        } else if (depth == RATE_DEPTH) {
            rate(xml.getAttributeValue(null, "currency"), xml.getAttributeValue(null, "rate"));
        }
    }

    private void close() {
        if (depth == DAY_DEPTH && date != null) {
            days.add(new EcbDay(date, rates, unreadable));
            date = null;
        }
        depth--;
    }

    private void rate(@Nullable String currency, @Nullable String rate) {
        if (currency == null || rate == null) {
            unreadable++;
        } else {
            RateText.parse(rate)
                    .ifPresentOrElse(perEuro -> rates.add(new EcbRate(currency, perEuro)), () -> unreadable++);
        }
    }

    private static LocalDate dateOf(@Nullable String time) throws UnreadableResponseException {
        if (time == null) {
            throw new UnreadableResponseException("rates without a day");
        }
        try {
            return LocalDate.parse(time);
        } catch (DateTimeException e) {
            throw new UnreadableResponseException("a day that is not a date");
        }
    }
}
