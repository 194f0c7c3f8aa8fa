# Writes comparisons.csv: reference values for paired tests, intervals, corrections, e-values and label-corrected means, by R's own code, by packages, by
# numerical integration or by enumeration; nothing is shared with our formulas but their definition.
# Run in this folder: Rscript comparisons.R   (R 4.2.2; packages coin 1.4-2 and exactRankTests 0.8-35 from Debian 12)
suppressMessages(library(coin))
suppressMessages(library(exactRankTests))

rows <- character()
put <- function(...) rows <<- c(rows, paste(c(...), collapse = ","))
digits <- function(x) trimws(formatC(x, digits = 12, format = "g"))

# McNemar mid-p by adding up point probabilities: all outcomes less likely than the one seen, and half of those as likely.
for (case in list(c(1, 7), c(7, 1), c(0, 5), c(63, 0), c(86, 150), c(10, 10), c(3, 4), c(1, 1), c(6, 16))) {
  n <- sum(case)
  chance <- dbinom(0:n, n, 0.5)
  at <- chance[case[1] + 1]
  like <- abs(chance - at) < 1e-12 * at
  put("midp", case[1], case[2], digits(sum(chance[!like & chance < at]) + sum(chance[like]) / 2))
}

# Signed ranks. Kinds: exact without ties (wilcox.test), exact with ties and both treatments of zeros (coin; exactRankTests for Wilcoxon's zeros), normal.
signed <- function(kind, x, zeros, p, up) put("signedrank", kind, zeros, digits(p), digits(up), paste(x, collapse = ","))
set.seed(4)
up.of <- function(x) sum(rank(abs(x[x != 0]))[x[x != 0] > 0])
up.pratt <- function(x) sum(rank(abs(x))[x > 0])
for (n in c(3, 8, 20, 45)) {
  x <- round(rnorm(n, 0.3), 6)
  test <- wilcox.test(x, exact = TRUE)
  signed(0, x, 0, test$p.value, unname(test$statistic))
}
for (n in c(6, 15, 40)) {
  x <- sample(-2:4, n, replace = TRUE)
  signed(0, x, 0, wilcox.exact(x[x != 0], exact = TRUE)$p.value, up.of(x))
  pratt <- wilcoxsign_test(x ~ rep(0, n), zero.method = "Pratt", distribution = "exact")
  signed(0, x, 1, as.numeric(pvalue(pratt)), up.pratt(x))
}
x <- sample(-2:2, 600, replace = TRUE, prob = c(2, 3, 6, 4, 2))
signed(1, x, 0, suppressWarnings(wilcox.test(x, exact = FALSE, correct = FALSE)$p.value), up.of(x))
signed(1, x, 1, as.numeric(pvalue(wilcoxsign_test(x ~ rep(0, 600), zero.method = "Pratt", distribution = "asymptotic"))), up.pratt(x))

# Newcombe's method 10 from prop.test's Wilson intervals.
wilson <- function(x, n, level) as.numeric(suppressWarnings(prop.test(x, n, conf.level = level, correct = FALSE)$conf.int))
for (case in list(c(59, 6, 16, 80), c(1, 1, 7, 12), c(36, 12, 2, 0), c(4, 63, 0, 183), c(0, 0, 0, 20), c(20, 0, 0, 0), c(0, 9, 9, 0), c(53, 1, 0, 0), c(30, 3, 3, 30))) {
  n <- sum(case)
  first <- wilson(case[1] + case[2], n, 0.95); second <- wilson(case[1] + case[3], n, 0.95)
  p1 <- (case[1] + case[2]) / n; p2 <- (case[1] + case[3]) / n
  margins <- prod(c(case[1] + case[2], case[3] + case[4], case[1] + case[3], case[2] + case[4]))
  over <- case[1] * case[4] - case[2] * case[3]
  phi <- if (margins == 0) 0 else if (over > n / 2) (over - n / 2) / sqrt(margins) else if (over >= 0) 0 else over / sqrt(margins)
  down <- c(p1 - first[1], second[2] - p2); up <- c(first[2] - p1, p2 - second[1])
  twist <- matrix(c(1, -phi, -phi, 1), 2)
  put("newcombe", case[1], case[2], case[3], case[4], digits(p1 - p2 - sqrt(max(0, down %*% twist %*% down))), digits(p1 - p2 + sqrt(max(0, up %*% twist %*% up))))
}

# TOST for paired shares: the score statistic with the restricted likelihood maximised numerically.
restricted <- function(b, c, n, delta) {
  loglik <- function(q) {
    p <- q + delta
    (if (b > 0) b * log(p) else 0) + (if (c > 0) c * log(q) else 0) + (if (n - b - c > 0) (n - b - c) * log(1 - p - q) else 0)
  }
  optimize(loglik, c(max(0, -delta) + 1e-13, (1 - delta) / 2 - 1e-13), maximum = TRUE, tol = 1e-13)$maximum
}
score <- function(b, c, n, delta) (b - c - n * delta) / sqrt(n * (2 * restricted(b, c, n, delta) + delta * (1 - delta)))
for (case in list(c(2, 2, 250, 0.03), c(0, 1, 44, 0.1), c(10, 4, 250, 0.05), c(4, 10, 250, 0.05), c(1, 0, 400, 0.02))) {
  put("tost", case[1], case[2], case[3], case[4], digits(1 - pnorm(score(case[1], case[2], case[3], -case[4]))), digits(pnorm(score(case[1], case[2], case[3], case[4]))))
}

# Ratio of paired shares: the score test inverted by brute force. The likelihood of the three touched cells is maximised numerically under shares of the given
# ratio, the variance is that of its maximum, and the bounds are found by uniroot.
ratioscore <- function(a, b, c, ratio) {
  m <- a + b + c
  cells <- function(p11) { p21 <- (1 - ratio * p11) / (1 + ratio); c(p11, 1 - p11 - p21, p21) }
  loglik <- function(p11) sum(ifelse(c(a, b, c) > 0, c(a, b, c) * log(pmax(cells(p11), 1e-300)), 0))
  p <- cells(optimize(loglik, c(0, min(ratio, 1 / ratio)), maximum = TRUE, tol = 1e-14)$maximum)
  (a + b - ratio * (a + c)) / sqrt(m * ((1 - ratio)^2 * p[1] + p[2] + ratio^2 * p[3]))
}
for (case in list(c(59, 6, 16), c(1, 1, 7), c(4, 63, 2), c(36, 12, 2), c(398, 0, 0), c(3, 0, 0), c(20, 5, 5), c(10, 0, 4), c(0, 3, 5))) {
  r <- (case[1] + case[2]) / (case[1] + case[3]); z <- qnorm(0.975)
  bound <- function(sign, from, to) exp(uniroot(function(x) ratioscore(case[1], case[2], case[3], exp(x)) - sign * z, c(from, to), tol = 1e-11)$root)
  put("ratio", case[1], case[2], case[3], sprintf("%.6f", bound(1, log(r) - 12, log(r) - 1e-7)), sprintf("%.6f", bound(-1, log(r) + 1e-7, log(r) + 12)))
}

# Conditional odds ratio: Wilson's bounds of the share that broke among the discordant pairs, as odds.
for (case in list(c(7, 1), c(1, 7), c(6, 16), c(63, 4), c(10, 10), c(1, 1))) {
  bounds <- wilson(case[1], sum(case), 0.95)
  put("pairedodds", case[1], case[2], digits(bounds[1] / (1 - bounds[1])), digits(bounds[2] / (1 - bounds[2])))
}

# Corrections.
for (p in list(c(0.01, 0.04, 0.03, 0.005), c(0.2, 0.2, 0.2), c(1e-8, 0.9, 0.051, 0.049, 0.012, 1, 0), c(0.5), runif(11)^2)) {
  put("correction", length(p), paste(sprintf("%.17g", p), collapse = ","), paste(digits(p.adjust(p, "holm")), collapse = ","), paste(digits(p.adjust(p, "BH")), collapse = ","))
}

# One-sided mixture e-value: the likelihood ratio averaged over the upper half of a Beta(u, v), by numerical integration.
for (case in list(c(0, 0, 0.5, 0.5), c(6, 0, 0.5, 0.5), c(7, 0, 1, 1), c(12, 3, 5, 0.5), c(3, 12, 5, 0.5), c(40, 31, 5, 0.5), c(5, 5, 1, 1), c(66, 4, 5, 0.5), c(7, 0, 5, 0.5))) {
  b <- case[1]; c <- case[2]; u <- case[3]; v <- case[4]
  # p = sin(t)^2 takes the singular end of the prior away.
  f <- function(t) exp((b + u - 0.5) * 2 * log(sin(t)) + (c + v - 0.5) * 2 * log(cos(t)) + (b + c) * log(2)) * 2
  g <- function(t) exp((u - 0.5) * 2 * log(sin(t)) + (v - 0.5) * 2 * log(cos(t))) * 2
  value <- integrate(f, pi / 4, pi / 2, rel.tol = 1e-11)$value / integrate(g, pi / 4, pi / 2, rel.tol = 1e-11)$value
  put("evalue", b, c, u, v, digits(value))
}

# Betting confidence sequence, hedged capital, written as whole vectors; with and without replacement.
betting <- function(x, alpha, N = Inf, breaks = 1000) {
  n <- length(x); t <- seq_len(n)
  mu <- (0.5 + cumsum(x)) / (t + 1)
  s2 <- (0.25 + cumsum((x - mu)^2)) / (t + 1)
  lambda <- sqrt(2 * log(2 / alpha) / (t * log(t + 1) * c(0.25, s2[-n])))
  grid <- (0:breaks) / breaks
  before <- c(0, cumsum(x)[-n])
  inside <- matrix(TRUE, n, length(grid))
  for (j in seq_along(grid)) {
    m <- if (is.finite(N)) (N * grid[j] - before) / (N - t + 1) else rep(grid[j], n)
    impossible <- m < 0 | m > 1
    up <- cumsum(log1p(pmin(lambda, 0.5 / pmax(m, 0)) * (x - m)))
    down <- cumsum(log1p(-pmin(lambda, 0.5 / pmax(1 - m, 0)) * (x - m)))
    capital <- pmax(up, down) + log(0.5)
    inside[, j] <- cummax(as.integer(impossible | capital >= log(1 / alpha))) == 0
  }
  kept <- grid[inside[n, ]]
  c(min(kept), max(kept))
}
set.seed(5)
for (n in c(20, 100, 250)) {
  d <- sample(c(-1, 0, 0, 0, 1, 1), n, replace = TRUE)
  for (N in c(Inf, 300)) {
    bounds <- suppressWarnings(betting((d + 1) / 2, 0.05, N))
    put("betting", if (is.finite(N)) N else 0, digits(bounds[1]), digits(bounds[2]), paste(d, collapse = ","))
  }
}

# Prediction-powered mean: weight, estimate and variance from their definitions, by lm and var.
set.seed(6)
for (n in c(120, 300)) {
  y <- sample(-1:1, n, replace = TRUE, prob = c(0.1, 0.6, 0.3))
  judge <- ifelse(runif(n) < 0.8, y, sample(-1:1, n, replace = TRUE))
  truth <- sample(-1:1, 5 * n, replace = TRUE, prob = c(0.1, 0.6, 0.3))
  other <- ifelse(runif(5 * n) < 0.8, truth, sample(-1:1, 5 * n, replace = TRUE))
  slope <- unname(coef(lm(y ~ judge))[2]) * var(judge)
  weight <- min(1, max(0, slope / ((1 + n / (5 * n)) * var(c(judge, other)))))
  estimate <- weight * mean(other) + mean(y - weight * judge)
  rectified <- y - weight * judge
  error <- sqrt(weight^2 * var(other) / (5 * n) + var(c(rectified, mean(rectified) + 1, mean(rectified) - 1)) / n)
  put("ppi", n, digits(weight), digits(estimate), digits(estimate - qt(0.975, n - 1) * error), digits(estimate + qt(0.975, n - 1) * error), paste(c(y, judge, other), collapse = ","))
}

writeLines(rows, "comparisons.csv")
