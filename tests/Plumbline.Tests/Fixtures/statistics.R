# Writes statistics.csv: reference values for the estimators from R, whose code is independent of ours.
# Run in this folder: Rscript statistics.R   (R 4.2.2, packages boot 1.3-28.1 and survey from Debian 12)
library(boot)
suppressMessages(library(survey))

rows <- character()
put <- function(...) rows <<- c(rows, paste(c(...), collapse = ","))
digits <- function(x) trimws(formatC(x, digits = 12, format = "g"))

# Wilson: prop.test without continuity correction gives the score interval.
for (case in list(c(0, 20), c(1, 29), c(15, 148), c(81, 263), c(4, 250), c(67, 250), c(250, 250), c(0, 1), c(1, 1))) {
  for (alpha in c(0.05, 0.1)) {
    interval <- suppressWarnings(prop.test(case[1], case[2], conf.level = 1 - alpha, correct = FALSE)$conf.int)
    put("wilson", case[1], case[2], alpha, digits(interval[1]), digits(interval[2]))
  }
}

# Exact McNemar: the binomial test on the discordant pairs.
for (case in list(c(1, 7), c(7, 1), c(0, 5), c(63, 0), c(86, 150), c(10, 10), c(3, 4))) {
  put("mcnemar", case[1], case[2], digits(binom.test(case[1], sum(case))$p.value))
}

# Odds ratio with half a count added to each cell: the slope of a logistic regression, with its Wald interval.
for (case in list(c(67, 4, 250), c(66, 4, 250), c(0, 0, 50), c(50, 0, 50), c(1, 0, 1))) {
  counts <- cbind(c(case[2], case[1]) + 0.5, case[3] - c(case[2], case[1]) + 0.5)
  fit <- suppressWarnings(glm(counts ~ c(0, 1), family = binomial, control = glm.control(epsilon = 1e-14, maxit = 100)))
  slope <- coef(fit)[2]
  error <- sqrt(vcov(fit)[2, 2])
  put("odds", case[1], case[2], case[3], digits(exp(slope)), digits(exp(slope - qnorm(0.975) * error)), digits(exp(slope + qnorm(0.975) * error)))
}

# Tango: the score test inverted by brute force. The restricted maximum of the trinomial likelihood is found by a numerical search,
# not by the closed form, and the bounds by uniroot.
restricted <- function(b, c, n, delta) {
  low <- max(0, -delta)
  high <- (1 - delta) / 2
  loglik <- function(q) {
    p <- q + delta
    rest <- 1 - p - q
    (if (b > 0) b * log(p) else 0) + (if (c > 0) c * log(q) else 0) + (if (n - b - c > 0) (n - b - c) * log(rest) else 0)
  }
  eps <- 1e-13
  optimize(loglik, c(low + eps, high - eps), maximum = TRUE, tol = 1e-13)$maximum
}
score <- function(b, c, n, delta) {
  q <- restricted(b, c, n, delta)
  (b - c - n * delta) / sqrt(n * (2 * q + delta * (1 - delta)))
}
for (case in list(c(0, 1, 44), c(63, 0, 250), c(10, 4, 250), c(4, 10, 250), c(2, 2, 250), c(5, 3, 20), c(20, 5, 40), c(1, 0, 10))) {
  b <- case[1]; c <- case[2]; n <- case[3]; z <- qnorm(0.975); d <- (b - c) / n
  low <- uniroot(function(x) score(b, c, n, x) - z, c(-1 + 1e-6, d - 1e-9), tol = 1e-10)$root
  high <- uniroot(function(x) score(b, c, n, x) + z, c(d + 1e-9, 1 - 1e-6), tol = 1e-10)$root
  put("tango", b, c, n, sprintf("%.6f", low), sprintf("%.6f", high))
}

# Design effect and cluster bootstrap on one made-up data set: 12 prompts with 1 to 5 cases, scores 0 to 4, alike within a prompt.
set.seed(1)
sizes <- c(5, 5, 5, 5, 4, 4, 3, 3, 2, 2, 1, 1)
level <- sample(0:3, 12, replace = TRUE)
data <- do.call(rbind, lapply(1:12, function(g) data.frame(g = g, x = pmin(4, level[g] + rbinom(sizes[g], 1, 0.4)))))
for (i in seq_len(nrow(data))) put("case", data$g[i], data$x[i])
design <- svydesign(ids = ~g, data = data, weights = ~1)
clustered <- as.numeric(vcov(svymean(~x, design)))
put("designeffect", digits(clustered / (var(data$x) / nrow(data))))
totals <- aggregate(x ~ g, data, sum)$x
counts <- aggregate(x ~ g, data, length)$x
mean.of <- function(d, i) sum(d[i, 1]) / sum(d[i, 2])
# Two made-up clusters of the usual size beside them, a quarter of the scale from 0 to 4 above the mean and below it.
pool <- rbind(cbind(totals, counts), cbind(pmin(4, pmax(0, mean(data$x) + c(-1, 1))) * mean(counts), mean(counts)))
run <- boot(pool, mean.of, R = 100000)
# Few clusters: the percentiles of t * sqrt(G / (G - 1)), in the place of those of z.
z <- qt(0.975, 11) * sqrt(12 / 11)
put("bootstrap", digits(mean(data$x)), sprintf("%.3f", quantile(run$t, pnorm(c(-z, z)))))

# The design effect of changes: one made-up prompt more, of the usual cases. Its cases under one attack are alike, those under two have a correlation of 0.1.
set.seed(2)
for (shape in list(c(12, 3, 1, 0.4), c(12, 3, 2, 0.4), c(40, 5, 1, 0.03), c(8, 1, 4, 0.2), c(9, 4, 1, 0))) {
  prompt <- rep(seq_len(shape[1]), each = shape[2] * shape[3])
  attack <- rep(rep(seq_len(shape[2]), each = shape[3]), shape[1])
  way <- sample(c(-1, 1), shape[1], replace = TRUE)
  change <- ifelse(runif(length(prompt)) < shape[4] * (1 + (prompt %% 3)) / 2, way[prompt], 0)
  seen <- if (var(change) == 0) 1 else max(1, as.numeric(vcov(svymean(~change, svydesign(ids = ~prompt, data = data.frame(change, prompt), weights = ~1)))) / (var(change) / length(change)))
  alike <- outer(seq_len(shape[2] * shape[3]), seq_len(shape[2] * shape[3]), function(i, j) ifelse((i - 1) %/% shape[3] == (j - 1) %/% shape[3], 1, 0.1))
  squares <- sum((change - mean(change))^2)
  put("changes", digits(max(seen, (seen * squares + sum(alike)) / (squares + nrow(alike)))), shape[2] * shape[3], shape[3], paste(change, collapse = ","))
}

writeLines(rows, "statistics.csv")
