export const privacyWords = {
  zh: {
    title: "怎么保护您",
    lead: "这里写的，就是这套程序真正做的。做不到的、靠人把关的，也照实说。",
    notKept: "不记的",
    notKeptPoints: [
      "看账目、看清单，什么都不用填；这个网页不放 Cookie，也没有别家的统计程序。",
      "不留姓名的反映：不问、也不存您的姓名和电话；这套程序不记您手机的网络地址和型号。",
      "回执码本身不存明文，工作人员查不出来。只有一种例外：替您登记来电、来信、来访的人，替您补发回执码的人，当时看得到那个码，抄下来就能看您这一件。不放心，就自己在这里写。",
    ],
    kept: "要记的",
    keptPoints: [
      "您写的话：交给负责监督的部门看。具体去办的单位看不到原文，只看到监督部门写给它的摘要。",
      "照片：藏在里面的时间、地点，传之前在您手机上就去掉，服务器再去一遍。",
      "留了姓名的：姓名和电话先加密再存，办件页面上谁也看不到。真要打开，得两个人批准，看了什么时候、为什么看，您在回执里都看得到。",
    ],
    until: (days: number) => `事情办完 ${days} 天后，锁着的姓名和电话自动删掉，谁也不用催。`,
    untilUnknown: "事情办完以后，过了规定的日子，锁着的姓名和电话自动删掉。选好村子，这里就写着是多少天。",
    phone: "这部手机上",
    phonePoints: [
      "字的大小、语言、看的是哪个村，记在这部手机上；看过的账和清单也存一份，没网时还能看。",
      "草稿、照片和回执码，您同意了才存。别人也用这部手机，就选“不存”。",
      "读给您听的声音，只用这部手机自己带的，不把字送到别处。",
      "写反映、看进度的时候，上面有“马上离开”：点一下就换成空白页，往回点也回不来。浏览器自己记的历史，要在浏览器里删。",
    ],
    clear: "去“我的反映”，把这部手机上的都清掉",
    honest: "说在前头的",
    honestPoints: [
      "反映谁，请在“您反映的是谁”里选上。没选，就按没有点名来分，可能先到镇里。",
      "村子小，事写得太细，别人也可能猜出是谁。不想让人猜到，就少写只有您知道的细节。",
      "网站的机房和电信公司可能另有上网记录，这套程序管不着。实在担心，请用别的网络，或者打电话。",
    ],
    public: "公开给大家看的",
    publicPoints: [
      "公开的答复，您同意了才能写，两个人都看过才公开。",
      "里面有手机号、身份证号、银行卡号，或者连着 15 个字和您写的一样，程序就不让公开。",
      "您的名字是锁着的，程序认不出来；零星几个字的原话、换了说法的，它也看不出来。这些靠那两个人把关。",
      "镇里、区里的数字，人少的格子并在一起，看不出是哪一件。",
    ],
  },
  en: {
    title: "How you are protected",
    lead: "What stands here is what this program does. What it cannot do, and what rests on people, is said as well.",
    notKept: "What is not kept",
    notKeptPoints: [
      "Reading asks nothing of you; this site sets no cookies and has nobody else's statistics in it.",
      "Without a name: we neither ask for nor store your name or telephone; this program does not record your phone's network address or model.",
      "The receipt code itself is not stored in readable form; staff cannot look it up. One exception: whoever writes down your call, letter or visit, or issues a new code for you, sees that code at the time and could keep it and read your case. If that worries you, write here yourself.",
    ],
    kept: "What is kept",
    keptPoints: [
      "Your words: the supervising office reads them. The unit that does the work is not shown them, only the summary that the supervising office writes for it.",
      "Photos: the time and place hidden in them are taken out on your phone before they are sent, and once more by the server.",
      "With a name: name and telephone are encrypted before they are stored; no page that staff work with shows them. Opening them takes two people, and your receipt tells you when and why it was done.",
    ],
    until: (days: number) =>
      `${days} days after a matter has ended, the locked name and telephone are deleted by themselves.`,
    untilUnknown:
      "When a matter has ended and the set time has passed, the locked name and telephone are deleted by themselves. Choose your village, and the number of days stands here.",
    phone: "On this phone",
    phonePoints: [
      "Text size, language and village are kept on this phone; accounts and rules that you read are kept as well, for reading without a network.",
      "Drafts, photos and receipt codes are kept only if you agree. If others use this phone, choose not to.",
      "Reading aloud uses only a voice that is on this phone; no words are sent anywhere for it.",
      "While you write or follow a concern, “Leave now” stands at the top: one tap brings an empty page, and stepping back does not bring this one back. The browser's own history must be deleted in the browser.",
    ],
    clear: "Go to “Mine” and clear this phone",
    honest: "To be honest",
    honestPoints: [
      "Please choose whom it is about when the form asks. If you do not, it is routed as if nobody were named, and may reach the township first.",
      "In a small village, others may guess the writer from details. Leave out what only you can know.",
      "The hosting centre and the telephone company may keep connection records of their own, which this program cannot control. If that worries you, use another network or call instead.",
    ],
    public: "What everybody can see",
    publicPoints: [
      "An answer for everybody can be written only if you agreed, and is made public only after two people have read it.",
      "With a mobile, identity-card or bank-card number in it, or with 15 characters in a row as you wrote them, the program refuses to publish it.",
      "Your name is locked, so the program cannot recognise it; nor does it notice a few words of yours, or the same said differently. For these the two people are to look.",
      "In the numbers of townships and counties, small cells are folded together, so that no single case shows.",
    ],
  },
};
