/** Loaded first: this process's clock is wrong by SHUIBAO_TEST_SKEW milliseconds. */
const skew = Number(process.env.SHUIBAO_TEST_SKEW);
const { now } = Date;
Date.now = () => now() + skew;
