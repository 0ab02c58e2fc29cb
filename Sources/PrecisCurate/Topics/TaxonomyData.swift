/// Fields of work and the terms that speak for them; data, terms parted by commas.
///
/// A term that starts with "+" speaks strongly: it is hardly ever used of anything else.
enum TaxonomyData {
  static let fields: [(name: String, terms: String)] = [
    (
      "Artificial Intelligence & Machine Learning",
      """
      +machine learning, +deep learning, +neural network, +neural networks, +large language model, +llm, +llms, +gpt,
      +gpt-4, +chatgpt, +transformer model, +transformers, +reinforcement learning, +fine-tuning, +generative ai, +ai,
      +artificial intelligence, +language model, +diffusion model, +embeddings, +prompt engineering, +rag,
      +retrieval-augmented generation, +pytorch, +tensorflow, +hugging face, +openai, +anthropic, +llama, +mistral,
      +computer vision, +natural language processing, +nlp, +speech recognition, +backpropagation, +gradient descent,
      training data, inference, model weights, benchmark, classifier, supervised learning, unsupervised learning,
      attention mechanism, agent, agents, chatbot, prompt, prompts, tokens, overfitting, convolutional, adversarial,
      gan, gans, autoencoder, latent, hyperparameter, dataset, datasets, ai agents, maschinelles lernen,
      künstliche intelligenz, ki, sprachmodell, intelligence artificielle, apprentissage automatique,
      inteligencia artificial, aprendizaje automático, inteligência artificial, aprendizado de máquina,
      intelligenza artificiale, apprendimento automatico, kunstmatige intelligentie, машинное обучение,
      искусственный интеллект, нейросеть, нейросети, 人工智能, 机器学习, 深度学习, 大模型, 人工知能, 機械学習, 生成ai
      """
    ),
    (
      "Security & Privacy",
      """
      +vulnerability, +vulnerabilities, +exploit, +exploits, +cve, +malware, +ransomware, +phishing, +encryption, +xss,
      +sql injection, +cybersecurity, +infosec, +zero-day, +backdoor, +botnet, +penetration testing, +owasp, +sandbox escape,
      +remote code execution, +privilege escalation, +two-factor, +mfa, +oauth, +tls, +cryptography, +supply chain attack,
      security, attacker, attackers, attack, threat, patch, breach, privacy, gdpr, credentials, password, passwords,
      authentication, authorization, firewall, secrets, signature, hash, certificate, surveillance, sicherheitslücke,
      sicherheitslücken, verschlüsselung, datenschutz, vulnérabilité, vulnérabilités, ciberseguridad, vulnerabilidad,
      vulnerabilidade, segurança, sicurezza informatica, vulnerabilità, beveiliging, kwetsbaarheid, уязвимость,
      уязвимости, безопасность, 漏洞, 网络安全, 脆弱性, セキュリティ
      """
    ),
    (
      "Databases & Storage",
      """
      +database, +databases, +postgres, +postgresql, +mysql, +sqlite, +mongodb, +redis, +cassandra, +sql, +nosql, +duckdb,
      +clickhouse, +query planner, +b-tree, +lsm tree, +write-ahead log, +mvcc, +transaction isolation, +sharding,
      +replication, +vector database, +foreign key, +dynamodb, +elasticsearch, index, indexes, query, queries, schema,
      transaction, transactions, table, row, rows, joins, storage engine, cache, consistency, durability, backup,
      datenbank, datenbanken, base de données, bases de données, base de datos, bases de datos, banco de dados,
      базы данных, база данных, 数据库, データベース
      """
    ),
    (
      "Programming Languages & Compilers",
      """
      +compiler, +compilers, +type system, +borrow checker, +garbage collector, +garbage collection, +rust, +golang,
      +haskell, +typescript, +kotlin, +swift, +ocaml, +zig, +clojure, +scala, +elixir, +erlang, +llvm, +webassembly, +wasm,
      +type inference, +generics, +closures, +macros, +lisp, +interpreter, +bytecode, +jit, +standard library, python,
      java, javascript, c++, ruby, php, perl, syntax, parser, semantics, static typing, runtime, memory safety, pointer,
      pointers, concurrency, async, language feature, programming language, programmiersprache, compilador,
      langage de programmation, lenguaje de programación, язык программирования, компилятор, 编程语言, 编译器,
      プログラミング言語, コンパイラ
      """
    ),
    (
      "Software Development & Engineering",
      """
      +software engineering, +refactoring, +code review, +unit test, +unit tests, +pull request, +technical debt, +git,
      +microservices, +software architecture, +design patterns, +agile, +scrum, +test-driven, +code quality, +debugging,
      +software development, +open source, +api design, +version control, +software engineer, +software engineers,
      developer, developers, engineers, codebase, bug, bugs, release, library, framework, api, apis, testing, tests,
      deployment, monolith, dependency, dependencies, repository, maintainers, github, code, coding, programmer,
      programmers, software, softwareentwicklung, développeur, développeurs, logiciel, desarrollador, desarrolladores,
      desenvolvedor, desenvolvedores, sviluppatori, ontwikkelaars, разработчик, разработчики, разработка, 软件, 开发者,
      开源, ソフトウェア, 開発者
      """
    ),
    (
      "Systems & Performance",
      """
      +operating system, +kernel, +linux kernel, +system calls, +syscall, +epoll, +io_uring, +ebpf, +scheduler,
      +virtual memory, +cache line, +simd, +lock-free, +throughput, +tail latency, +profiling, +flame graph,
      +distributed systems, +consensus, +raft, +paxos, +file system, +filesystem, +mutex, +numa, latency, memory, cpu,
      threads, thread, allocator, performance, benchmark, benchmarks, linux, bottleneck, concurrency, process, sockets,
      cache, caching, scalability, load, betriebssystem, système d'exploitation, sistema operativo, операционная система,
      производительность, 操作系统, 性能, カーネル
      """
    ),
    (
      "Web Development",
      """
      +css, +html, +javascript, +react, +vue, +svelte, +angular, +frontend, +front-end, +browser, +browsers, +dom,
      +web components, +next.js, +node.js, +web development, +responsive design, +service worker, +webpack, +http,
      +accessibility, +server-side rendering, +tailwind, +web app, website, websites, web, page load, rendering, component,
      components, backend, client, server, requests, cookies, url, urls, rss, webentwicklung, navigateur, sitio web,
      navegador, веб, браузер, 前端, 浏览器, ブラウザ, フロントエンド
      """
    ),
    (
      "Cloud & DevOps",
      """
      +kubernetes, +docker, +terraform, +aws, +azure, +google cloud, +devops, +ci/cd, +continuous integration,
      +observability, +prometheus, +grafana, +serverless, +lambda, +helm, +site reliability, +sre, +infrastructure as code,
      +incident response, +postmortem, +containers, +load balancer, +cloud native, +opentelemetry, +s3, cloud, cluster,
      clusters, container, deployment, deployments, monitoring, alerting, outage, outages, incident, incidents, rollback,
      uptime, infrastructure, pipeline, pipelines, node, nodes, scaling, on-call, ops, 云计算, 容器, クラウド, облако
      """
    ),
    (
      "Data Engineering & Analytics",
      """
      +data engineering, +data pipeline, +data pipelines, +data warehouse, +data lake, +etl, +elt, +apache spark, +kafka,
      +airflow, +dbt, +snowflake, +bigquery, +parquet, +arrow, +pandas, +data quality, +data science, +data scientist,
      +business intelligence, +dashboards, +streaming data, +stream processing, +data governance, +lakehouse, +iceberg,
      data, analytics, dashboard, batch, dataset, datasets, metrics, visualization, big data, datos, données, dados,
      datenanalyse, данные, аналитика, 数据, データ分析
      """
    ),
    (
      "Hardware & Electronics",
      """
      +gpu, +gpus, +semiconductor, +semiconductors, +chip, +chips, +fpga, +risc-v, +arm processor, +nvidia, +amd, +intel,
      +tsmc, +microcontroller, +arduino, +raspberry pi, +pcb, +firmware, +transistor, +transistors, +asic, +oscilloscope,
      +motherboard, +cpu architecture, +sensor, +sensors, +battery, +robot, +robots, +robotics, hardware, processor,
      processors, circuit, circuits, memory, board, voltage, device, devices, halbleiter, puce, puces, chips, 芯片, 半导体,
      半導体, чип, процессор
      """
    ),
    (
      "Networking & Internet",
      """
      +bgp, +dns, +tcp, +udp, +quic, +ipv6, +routing, +router, +routers, +cdn, +internet exchange, +packet, +packets,
      +vpn, +wireguard, +ethernet, +wifi, +wi-fi, +5g, +network protocol, +latency, +bandwidth, +congestion control, network,
      networks, networking, traffic, peering, internet, proxy, protocol, protocols, netzwerk, réseau, red, rede, rete,
      сеть, 网络, ネットワーク
      """
    ),
    (
      "Science & Research",
      """
      +physics, +chemistry, +biology, +astronomy, +quantum, +genome, +genetics, +neuroscience, +telescope, +molecule,
      +molecules, +protein, +proteins, +particle, +nasa, +evolution, +species, +galaxy, +black hole, +climate, +ecology,
      +peer review, +peer-reviewed, +clinical trial, +hypothesis, scientists, researchers, study, studies, experiment,
      experiments, theory, laboratory, university, researcher, findings, evidence, forscher, wissenschaftler, chercheurs,
      científicos, investigadores, cientistas, ricercatori, onderzoekers, учёные, ученые, исследование, 科学家, 研究,
      研究者
      """
    ),
    (
      "Mathematics & Statistics",
      """
      +theorem, +lemma, +proof, +algebra, +topology, +calculus, +number theory, +graph theory, +combinatorics, +bayesian,
      +regression, +standard deviation, +confidence interval, +p-value, +probability, +statistics, +linear algebra,
      +markov chain, +monte carlo, +category theory, +optimization problem, variance, distribution, distributions,
      estimation, matrix, convex, polynomial, equation, equations, stochastic, satz, beweis, théorème, teorema, теорема,
      вероятность, 定理, 概率, 統計, 数学
      """
    ),
    (
      "Business & Strategy",
      """
      +startup, +startups, +venture capital, +revenue, +business model, +profit margin, +go-to-market, +saas, +ipo,
      +acquisition, +merger, +shareholders, +ceo, +founder, +founders, +valuation, +market share, +fundraising, +b2b,
      +quarterly earnings, +entrepreneur, +investors, +pricing, company, companies, market, markets, customers, customer,
      sales, growth, strategy, competition, profit, profits, costs, business, industry, unternehmen, entreprise,
      entreprises, empresa, empresas, azienda, aziende, bedrijf, bedrijven, компания, компании, бизнес, 公司, 企业, 企業,
      ビジネス
      """
    ),
    (
      "Finance & Economics",
      """
      +inflation, +interest rate, +interest rates, +central bank, +federal reserve, +stock market, +gdp, +recession,
      +monetary policy, +bonds, +hedge fund, +cryptocurrency, +bitcoin, +ethereum, +blockchain, +tariffs, +unemployment,
      +fiscal, +mortgage, +dividend, economy, economic, economists, bank, banks, investment, investments, stocks, trade,
      tax, taxes, debt, currency, prices, wirtschaft, zinsen, économie, economía, economia, économique, экономика,
      инфляция, 经济, 通胀, 経済, 金利
      """
    ),
    (
      "Product & Design",
      """
      +user experience, +ux, +user interface, +product management, +product manager, +usability, +wireframe, +figma,
      +typography, +design system, +user research, +prototype, +prototyping, +roadmap, +product design, +a/b test,
      +onboarding, +interaction design, +product-market fit, design, designer, designers, interface, users, feature,
      features, feedback, color, layout, icons, fonts, gestaltung, diseño, conception, progettazione, ontwerp, дизайн,
      设计, 设计师, デザイン
      """
    ),
    (
      "Leadership & Careers",
      """
      +hiring, +engineering manager, +job market, +career, +careers, +interview process, +leadership, +one-on-one,
      +performance review, +remote work, +layoffs, +burnout, +mentoring, +recruiting, +job seekers, +resume,
      +organizational culture, +management, manager, managers, team, teams, employees, employer, culture, promotion,
      candidates, candidate, salary, interviews, work-life, mitarbeiter, führung, carrière, recrutement, carrera, equipo,
      carreira, carriera, карьера, найм, 招聘, 职业, キャリア, 採用
      """
    ),
    (
      "Policy & Law",
      """
      +regulation, +regulations, +regulators, +antitrust, +legislation, +supreme court, +lawsuit, +copyright, +patent,
      +patents, +compliance, +parliament, +senate, +european commission, +digital services act, +ai act, +ftc, +congress,
      +constitution, +human rights, +election, +elections, government, law, laws, court, courts, policy, policies, ruling,
      judge, license, licence, minister, president, political, party, vote, gesetz, regierung, loi, gouvernement, ley,
      gobierno, lei, governo, legge, wet, regering, закон, правительство, 法律, 政府, 监管, 法案, 規制
      """
    ),
    (
      "Health & Medicine",
      """
      +patients, +clinical, +vaccine, +vaccines, +cancer, +diabetes, +therapy, +medication, +mental health, +virus,
      +infection, +pandemic, +covid-19, +covid, +surgery, +hospital, +hospitals, +doctors, +drug, +drugs, +epidemic, +fda,
      +diagnosis, health, disease, diseases, treatment, medical, symptoms, nutrition, sleep, exercise, gesundheit, santé,
      salud, saúde, salute, gezondheid, здоровье, 健康, 疾病, 医疗, 医療
      """
    ),
    (
      "Energy & Environment",
      """
      +climate change, +solar, +renewable, +renewables, +wind power, +carbon emissions, +emissions, +greenhouse gas,
      +electric vehicles, +nuclear power, +power grid, +fossil fuels, +biodiversity, +sustainability, +global warming,
      +carbon dioxide, +heat pumps, +batteries, energy, climate, environment, environmental, electricity, oil, gas, water,
      pollution, klimawandel, energie, énergie, énergies, clima, energía, energia, klimaat, климат, энергия, 气候, 能源,
      気候, エネルギー
      """
    ),
    (
      "Media & Culture",
      """
      +film, +films, +movie, +movies, +novel, +album, +music, +museum, +journalism, +television, +video games, +streaming,
      +photography, +theater, +artist, +artists, +book review, +box office, +fiction, book, books, game, games, art,
      culture, history, writer, writing, story, stories, singer, director, actor, musik, kunst, musique, livre, música,
      libro, livro, musica, muziek, музыка, книга, фильм, 音乐, 电影, 音楽, 映画
      """
    ),
  ]

  /// Roles of readers, the fields that concern them, and terms that speak for them whatever the field.
  static let roles: [(name: String, fields: [String], terms: String)] = [
    (
      "CTO",
      [
        "Software Development & Engineering", "Leadership & Careers", "Cloud & DevOps", "Business & Strategy",
      ],
      "cto, technical strategy, technology strategy, engineering organization, build vs buy, vendor lock-in"
    ),
    (
      "VP of Engineering/Data", ["Leadership & Careers", "Data Engineering & Analytics"],
      "vp of engineering, engineering leaders, hiring, engineering managers, headcount, engineering organization"
    ),
    (
      "Director of AI/ML", ["Artificial Intelligence & Machine Learning"],
      "ai strategy, ai teams, llm teams, research lab, labs, ai adoption, hiring"
    ),
    (
      "AI Engineer", ["Artificial Intelligence & Machine Learning"],
      "llm, llms, fine-tuning, rag, prompt, prompts, inference, agents, embeddings, api, production"
    ),
    (
      "Machine Learning Engineer", ["Artificial Intelligence & Machine Learning"],
      "training, pytorch, tensorflow, neural network, neural networks, deep learning, model, gradient, gpu, gpus"
    ),
    (
      "AI Researcher", ["Artificial Intelligence & Machine Learning"],
      "paper, arxiv, state-of-the-art, experiments, ablation, benchmark, we propose, researchers, baseline, novel"
    ),
    (
      "AI Student", ["Artificial Intelligence & Machine Learning"],
      "tutorial, introduction, beginner, beginners, learn, course, students, student, explained, junior"
    ),
    (
      "Data Scientist", ["Data Engineering & Analytics", "Mathematics & Statistics"],
      "data science, data scientist, data scientists, pandas, regression, statistical, bayesian, dataset, jupyter"
    ),
    (
      "Data Engineer", ["Data Engineering & Analytics", "Databases & Storage"],
      "data pipeline, data pipelines, etl, spark, kafka, airflow, dbt, warehouse, parquet"
    ),
    (
      "Database Engineer", ["Databases & Storage"],
      "query planner, index, replication, sql, postgres, transactions"
    ),
    (
      "Backend Engineer",
      ["Databases & Storage", "Software Development & Engineering", "Systems & Performance"],
      "backend, api, apis, server, microservices, database, queue, latency, requests"
    ),
    (
      "Frontend Engineer", ["Web Development"],
      "css, react, frontend, browser, component, components, javascript"
    ),
    (
      "Web Developer", ["Web Development"],
      "web, html, css, website, websites, javascript, server-side rendering"
    ),
    (
      "Systems Programmer", ["Systems & Performance", "Programming Languages & Compilers"],
      "kernel, memory, rust, allocator, syscalls, threads, c++, simd, compiler"
    ),
    (
      "Software Engineer", ["Software Development & Engineering", "Programming Languages & Compilers"],
      "code, tests, refactoring, bug, bugs, library, developers, programming, engineers"
    ),
    (
      "Compiler Engineer", ["Programming Languages & Compilers"],
      "compiler, llvm, type system, optimizer, bytecode"
    ),
    (
      "Open-Source Maintainer", ["Software Development & Engineering"],
      "open source, maintainers, maintainer, contributors, pull requests, github"
    ),
    (
      "Platform Engineer", ["Cloud & DevOps", "Systems & Performance"],
      "kubernetes, platform, terraform, infrastructure, ci/cd, docker, containers"
    ),
    (
      "Site Reliability Engineer", ["Cloud & DevOps"],
      "incident, incidents, outage, observability, sre, on-call, reliability, monitoring, alerting"
    ),
    (
      "Security Engineer", ["Security & Privacy"],
      "vulnerability, vulnerabilities, exploit, attacker, attackers, malware, encryption, patch, authentication"
    ),
    (
      "Security Analyst", ["Security & Privacy"],
      "threat, threats, malware, phishing, breach, ransomware, campaign"
    ),
    (
      "Privacy Officer", ["Security & Privacy", "Policy & Law"],
      "privacy, gdpr, personal data, consent, surveillance"
    ),
    (
      "Network Engineer", ["Networking & Internet"],
      "bgp, dns, routing, router, tcp, packets, latency, bandwidth"
    ),
    (
      "Hardware Engineer", ["Hardware & Electronics"],
      "chip, circuit, pcb, fpga, processor, firmware, voltage"
    ),
    (
      "Embedded Engineer", ["Hardware & Electronics", "Systems & Performance"],
      "firmware, microcontroller, embedded, sensor, sensors, arduino"
    ),
    (
      "Product Manager", ["Product & Design", "Business & Strategy"],
      "product, roadmap, customers, users, feature, features, feedback, onboarding, product manager"
    ),
    ("Designer", ["Product & Design"], "design, ux, typography, layout, figma, user interface, color"),
    (
      "Engineering Manager", ["Leadership & Careers", "Software Development & Engineering"],
      "team, teams, manager, hiring, one-on-one, feedback, engineers, burnout"
    ),
    (
      "Job Seeker", ["Leadership & Careers"],
      "job market, interview, interviews, resume, candidates, job, salary"
    ),
    (
      "Founder", ["Business & Strategy"],
      "startup, startups, founder, founders, fundraising, customers, revenue"
    ),
    (
      "Executive", ["Business & Strategy", "Finance & Economics"],
      "ceo, strategy, revenue, shareholders, market"
    ),
    (
      "Investor", ["Finance & Economics", "Business & Strategy"],
      "investors, valuation, stocks, bonds, venture capital, earnings, inflation"
    ),
    ("Economist", ["Finance & Economics"], "inflation, monetary policy, gdp, interest rates, unemployment"),
    (
      "Policy Maker", ["Policy & Law", "Energy & Environment"],
      "regulation, regulators, legislation, policy, government"
    ),
    ("Lawyer", ["Policy & Law"], "court, lawsuit, copyright, patent, judge, ruling, compliance"),
    ("Scientist", ["Science & Research"], "experiment, experiments, physics, biology, chemistry, hypothesis"),
    (
      "Researcher", ["Science & Research", "Mathematics & Statistics"],
      "study, paper, researchers, findings, theory"
    ),
    ("Mathematician", ["Mathematics & Statistics"], "theorem, proof, lemma, algebra, topology, conjecture"),
    ("Clinician", ["Health & Medicine"], "patients, clinical, therapy, diagnosis, treatment, doctors"),
    (
      "Energy Analyst", ["Energy & Environment"],
      "solar, renewable, emissions, power grid, electricity, batteries"
    ),
    (
      "Journalist", ["Media & Culture", "Policy & Law"], "journalism, journalists, reporters, news, newsroom"
    ),
    (
      "General Reader", ["Media & Culture", "Health & Medicine", "Policy & Law", "Science & Research"],
      "history, people, story, culture, life, world"
    ),
  ]
}
