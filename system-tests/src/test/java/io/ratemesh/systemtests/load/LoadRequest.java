package io.ratemesh.systemtests.load;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** A conversion whose result is known. */
record LoadRequest(String amount, String result) {

    private static final int CENTS_OF_A_LANE = 10_000_000;

    static LoadRequest of(int lane, int sequence, BigDecimal rate) {
        BigDecimal amount = BigDecimal.valueOf((long) lane * CENTS_OF_A_LANE + sequence, 2);
        BigDecimal result = amount.multiply(rate).setScale(2, RoundingMode.HALF_EVEN);
        return new LoadRequest(amount.toPlainString(), result.toPlainString());
    }

    String pathAndQuery() {
        return "/api/v1/convert?from=EUR&to=USD&amount=" + amount;
    }

    boolean isAnsweredBy(String body) {
        try {
            JsonObject response = new JsonObject(body);
            return amount.equals(response.getString("amount")) && result.equals(response.getString("result"));
        } catch (DecodeException | ClassCastException e) {
            return false;
        }
    }
}
